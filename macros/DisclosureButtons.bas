Attribute VB_Name = "DisclosureButtons"
Option Explicit

' The buttons of the workbook. The work itself is done by Python: in Excel the add-in starts it,
' in LibreOffice this module does. Text that a clerk reads stands on the sheet _xd, so that this source stays ASCII.

Private Const ADD_IN As String = "xl_disclosure.xlam"
Private Const ADD_IN_MACRO As String = "RunDisclosureAction"
Private Const PROGRAM As String = "xl-disclosure"

Public Sub FillForm()
    HandOver "fill"
End Sub

Public Sub CheckForm()
    HandOver "check"
End Sub

Public Sub AggregateUnits()
    HandOver "aggregate"
End Sub

Public Sub WriteReport()
    HandOver "report"
End Sub

Public Sub UndoAction()
    HandOver "undo"
End Sub

Public Sub RestoreForm()
    HandOver "restore"
End Sub

Private Sub HandOver(action As String)
    Dim obstacle As String
    obstacle = FindObstacle()
    If obstacle <> "" Then
        MsgBox MessageText(obstacle), vbExclamation, MessageText("message.title")
        Exit Sub
    End If
    If IsLibreOffice() Then
        StartPython action
    Else
        RunAddIn action
    End If
End Sub

' The key of the message that says why no action can run now; empty when nothing stands in the way.
Public Function FindObstacle() As String
    If ThisWorkbook.Path = "" Then
        FindObstacle = "message.not_saved"
    ElseIf Not IsLibreOffice() Then
        If Not IsAddInOpen() Then FindObstacle = "message.add_in_missing"
    ElseIf ChosenInterpreter() <> "" Then
        If Not FileExists(ChosenInterpreter()) Then FindObstacle = "message.interpreter_missing"
    ElseIf FindProgram() = "" Then
        FindObstacle = "message.program_missing"
    End If
End Function

' The command that does the action on this workbook in LibreOffice.
Public Function CommandLine(action As String) As String
    Dim starter As String
    If ChosenInterpreter() <> "" Then
        starter = Quoted(ChosenInterpreter()) & " -m xl_disclosure.buttons"
    Else
        starter = Quoted(FindProgram()) & " button"
    End If
    ' LibreOffice gives the bare name as FullName.
    CommandLine = starter & " " & action & " " & Quoted(ThisWorkbook.Path & "/" & ThisWorkbook.Name)
End Function

Private Sub StartPython(action As String)
    On Error GoTo Failed
    Shell CommandLine(action), vbHide
    Exit Sub
Failed:
    ShowFailure
End Sub

Private Sub RunAddIn(action As String)
    On Error GoTo Failed
    Application.Run "'" & ADD_IN & "'!" & ADD_IN_MACRO, action, ThisWorkbook.Name
    Exit Sub
Failed:
    ShowFailure
End Sub

Private Sub ShowFailure()
    MsgBox MessageText("message.action_failed") & vbLf & Err.Description, vbExclamation, MessageText("message.title")
End Sub

Public Function IsLibreOffice() As Boolean
    ' LibreOffice says Unix; Excel names Windows or Macintosh.
    IsLibreOffice = (Application.OperatingSystem = "Unix")
End Function

Private Function IsAddInOpen() As Boolean
    Dim addInName As String
    On Error Resume Next
    addInName = Workbooks(ADD_IN).Name
    IsAddInOpen = (addInName <> "")
End Function

Private Function ChosenInterpreter() As String
    ChosenInterpreter = Environ("XL_DISCLOSURE_PYTHON")
End Function

' The installed command, from the folders of PATH and from ~/.local/bin; empty when it is in none.
Private Function FindProgram() As String
    Dim folders As Variant
    Dim place As Long
    folders = Split(Environ("PATH") & ":" & Environ("HOME") & "/.local/bin", ":")
    For place = LBound(folders) To UBound(folders)
        If FileExists(folders(place) & "/" & PROGRAM) Then
            FindProgram = folders(place) & "/" & PROGRAM
            Exit Function
        End If
    Next place
End Function

Private Function FileExists(path As String) As Boolean
    On Error Resume Next
    FileExists = (Dir(path) <> "")
End Function

Private Function Quoted(text As String) As String
    Quoted = Chr(34) & text & Chr(34)
End Function
