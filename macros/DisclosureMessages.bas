Attribute VB_Name = "DisclosureMessages"
Option Explicit

' What the macros say. The texts stand on the sheet _xd of the workbook or add-in, so that VBA source stays ASCII.

Private Const TEXT_SHEET As String = "_xd"

' The text of a message: sheet _xd has keys in column A and texts in column B.
Public Function MessageText(key As String) As String
    Dim texts As Object
    Dim row As Long
    Set texts = ThisWorkbook.Worksheets(TEXT_SHEET)
    MessageText = key
    row = 1
    Do While CStr(texts.Cells(row, 1).Value) <> ""
        If CStr(texts.Cells(row, 1).Value) = key Then
            MessageText = CStr(texts.Cells(row, 2).Value)
            Exit Function
        End If
        row = row + 1
    Loop
End Function
