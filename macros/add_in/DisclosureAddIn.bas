Attribute VB_Name = "DisclosureAddIn"
Option Explicit

' The add-in's part, in Excel only: it starts Python through xlwings, for a workbook's own buttons and for the ribbon.

Private Const TEXT_SHEET As String = "_xd"

' What a button of a workbook asks for; the workbook calls this by name.
Public Sub RunDisclosureAction(action As String, workbookName As String)
    If IsPythonMissing() Then
        Complain "message.python_missing"
        Exit Sub
    End If
    ' xlwings tells Python the name of the active workbook.
    Workbooks(workbookName).Activate
    RunPython PythonCommand(action)
End Sub

' xlwings puts this between double quotes, on a Mac between separators "|" as well: it may hold neither.
Public Function PythonCommand(action As String) As String
    PythonCommand = "from xl_disclosure.buttons import press_caller; press_caller('" & action & "')"
End Function

Public Sub RibbonFillForm(control As Object)
    RunOnActiveWorkbook "fill"
End Sub

Public Sub RibbonCheckForm(control As Object)
    RunOnActiveWorkbook "check"
End Sub

Public Sub RibbonAggregateUnits(control As Object)
    RunOnActiveWorkbook "aggregate"
End Sub

Public Sub RibbonWriteReport(control As Object)
    RunOnActiveWorkbook "report"
End Sub

Public Sub RibbonUndo(control As Object)
    RunOnActiveWorkbook "undo"
End Sub

Public Sub RibbonRestoreForm(control As Object)
    RunOnActiveWorkbook "restore"
End Sub

Private Sub RunOnActiveWorkbook(action As String)
    Dim obstacle As String
    obstacle = FindObstacle()
    If obstacle <> "" Then
        Complain obstacle
    Else
        RunDisclosureAction action, ActiveWorkbook.Name
    End If
End Sub

' The key of the message that says why no action can run on the active workbook; empty when nothing stands in the way.
Private Function FindObstacle() As String
    If ActiveWorkbook Is Nothing Then
        FindObstacle = "message.no_workbook"
    ElseIf Not SheetExists(ActiveWorkbook, TEXT_SHEET) Then
        FindObstacle = "message.no_workbook"
    ElseIf ActiveWorkbook.Path = "" Then
        FindObstacle = "message.not_saved"
    End If
End Function

Private Function IsPythonMissing() As Boolean
    #If Mac Then
        ' Excel's sandbox does not let it look for a program outside its own folders.
        IsPythonMissing = (GetConfig("INTERPRETER_MAC", "") = "")
    #Else
        IsPythonMissing = Not FileExists(GetConfig("INTERPRETER_WIN", ""))
    #End If
End Function

Private Sub Complain(key As String)
    MsgBox MessageText(key), vbExclamation, MessageText("message.title")
End Sub
