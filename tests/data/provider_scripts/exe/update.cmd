@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Updates a WMI provider: until the new MOF is compiled, the old binary serves; then the new one.
rem With /cleanup, later: unregisters the old binary, which ends the way back.

rem Written by mofkit. The names are in this part only: the rest is the same whatever they are.
set "PROVIDER=FenwickPumpProvider"
set "OLD_CLSID={FC890931-9019-4D83-9E51-D6EAC100EEA6}"
set "NEW_CLSID={3D0B7A52-6C1E-4F0A-8B63-90C4D5A7E1F8}"
set "FOLDER=C:\Fenwick"
set "TASK=%~1"
set "OLD=%FOLDER%\pump.exe"
set "NEW=%FOLDER%\pump2.exe"
set "SERVES=%NEW%.serves"
set "SOURCE=%~dp0pump2.exe"
set "OLD_MOF_1=%~dp0old.mof"
set "NEW_MOF_1=%~dp0new.mof"
set "NEW_MOF_2=%~dp0new.mfl"

set "REG=%SystemRoot%\System32\reg.exe"
set "REGSVR32=%SystemRoot%\System32\regsvr32.exe"
set "MOFCOMP=%SystemRoot%\System32\wbem\mofcomp.exe"
set "POWERSHELL=%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe"

set "ROUTINE=usage"
if "%TASK%"=="" set "ROUTINE=main"
if /i "%TASK%"=="/cleanup" set "ROUTINE=cleanup"
call :%ROUTINE%
set "RESULT=%ERRORLEVEL%"
exit /b %RESULT%

:usage
>&2 echo usage: "%~nx0" [/cleanup]
exit /b 2

:main
call :elevated || exit /b 1
if not exist "%OLD%" (
    >&2 echo stopped: there is no "%OLD%"; nothing was changed
    exit /b 1
)
if not exist "%SOURCE%" (
    >&2 echo stopped: there is no "%SOURCE%"; nothing was changed
    exit /b 1
)
if exist "%OLD%.leaving" (
    >&2 echo stopped: "%OLD%" will be deleted when Windows starts again; nothing was changed
    >&2 echo restart Windows first, so that what is put there now is not deleted then
    exit /b 1
)
if exist "%NEW%.leaving" (
    >&2 echo stopped: "%NEW%" will be deleted when Windows starts again; nothing was changed
    >&2 echo restart Windows first, so that what is put there now is not deleted then
    exit /b 1
)
if not exist "%OLD_MOF_1%" (
    >&2 echo stopped: there is no "%OLD_MOF_1%"; nothing was changed
    exit /b 1
)
if not exist "%NEW_MOF_1%" (
    >&2 echo stopped: there is no "%NEW_MOF_1%"; nothing was changed
    exit /b 1
)
"%MOFCOMP%" -check "%NEW_MOF_1%" || (
    >&2 echo stopped: mofcomp finds errors in "%NEW_MOF_1%"; nothing was changed
    exit /b 1
)
if not exist "%NEW_MOF_2%" (
    >&2 echo stopped: there is no "%NEW_MOF_2%"; nothing was changed
    exit /b 1
)
"%MOFCOMP%" -check "%NEW_MOF_2%" || (
    >&2 echo stopped: mofcomp finds errors in "%NEW_MOF_2%"; nothing was changed
    exit /b 1
)

echo 1 of 3: copying to "%NEW%"
if exist "%NEW%" (
    "%SystemRoot%\System32\fc.exe" /b "%SOURCE%" "%NEW%" >nul || (
        >&2 echo stopped: "%NEW%" is there already and is not the new binary; nothing was changed
        exit /b 1
    )
) else (
    copy /b "%SOURCE%" "%NEW%" >nul || (
        >&2 echo stopped: copying failed; the old provider serves as before
        exit /b 1
    )
)

echo 2 of 3: registering "%NEW%"
"%NEW%" /RegServer
set "RESULT=%ERRORLEVEL%"
if not "%RESULT%"=="0" (
    >&2 echo stopped: registering "%NEW%" ended with %RESULT%; the old provider serves as before
    >&2 echo the new binary is in place and not registered: rollback.cmd removes it
    exit /b 1
)
call :registered "%NEW_CLSID%" || (
    >&2 echo stopped: "%NEW%" does not register the CLSID %NEW_CLSID% for the machine
    >&2 echo the MOF was not compiled. Was the binary built with its old CLSID, registering it took
    >&2 echo the place of the old one: register "%OLD%" again
    exit /b 1
)

echo 3 of 3: compiling the registration: with this the new provider takes over
rem The file says that the new binary serves, for /cleanup. From here on that is not certain.
if exist "%SERVES%" del /f /a "%SERVES%" >nul 2>&1
if exist "%SERVES%" (
    >&2 echo stopped: "%SERVES%" could not be deleted; the MOF was not compiled
    exit /b 1
)
"%MOFCOMP%" "%NEW_MOF_1%"
set "RESULT=%ERRORLEVEL%"
if not "%RESULT%"=="0" (
    >&2 echo stopped: mofcomp ended with %RESULT% in "%NEW_MOF_1%"
    >&2 echo it takes nothing back, so what the file declares above the error is stored
    >&2 echo both binaries are registered: rollback.cmd goes back to the old provider
    exit /b 1
)
"%MOFCOMP%" "%NEW_MOF_2%"
set "RESULT=%ERRORLEVEL%"
if not "%RESULT%"=="0" (
    >&2 echo stopped: mofcomp ended with %RESULT% in "%NEW_MOF_2%"
    >&2 echo it takes nothing back, so what the file declares above the error is stored
    >&2 echo both binaries are registered: rollback.cmd goes back to the old provider
    exit /b 1
)
>"%SERVES%" echo %NEW_CLSID% || (
    >&2 echo stopped: "%NEW%" now serves the provider "%PROVIDER%", but "%SERVES%" could not be written
    >&2 echo without that file /cleanup does nothing: run this again
    exit /b 1
)
echo done: "%NEW%" now serves the provider "%PROVIDER%"
echo The old binary is still registered: rollback.cmd goes back to it.
echo When it is not wanted any more: "%~nx0" /cleanup
exit /b 0

:cleanup
call :elevated || exit /b 1
if not exist "%OLD%" (
    >&2 echo stopped: there is no "%OLD%"; nothing was changed
    exit /b 1
)
if not exist "%NEW%" (
    >&2 echo stopped: there is no "%NEW%"; nothing was changed
    exit /b 1
)

if not exist "%SERVES%" (
    >&2 echo stopped: there is no "%SERVES%", so the last update was not completed, or rollback was run
    >&2 echo "%OLD%" may be the binary that serves; nothing was changed
    exit /b 1
)

call :registered "%NEW_CLSID%" || (
    >&2 echo stopped: the CLSID %NEW_CLSID% is not registered, so the update was not made; nothing was changed
    exit /b 1
)
echo 1 of 2: unregistering "%OLD%"
"%OLD%" /UnregServer
set "RESULT=%ERRORLEVEL%"
if not "%RESULT%"=="0" (
    >&2 echo stopped: unregistering "%OLD%" ended with %RESULT%; the file stays
    exit /b 1
)
echo 2 of 2: "%OLD%" will be deleted when Windows starts again
set "MOFKIT_FILE=%OLD%"
call :delete_at_restart || (
    >&2 echo stopped: "%OLD%" is unregistered, but could not be marked for deletion
    exit /b 1
)
del /f /a "%SERVES%" >nul 2>&1
echo done: "%NEW%" serves the provider "%PROVIDER%", and there is no way back any more
exit /b 0

:elevated
"%SystemRoot%\System32\whoami.exe" /groups | "%SystemRoot%\System32\findstr.exe" /c:"S-1-16-12288" /c:"S-1-16-16384" >nul && exit /b 0
>&2 echo stopped: this must run elevated, from a command prompt run as administrator; nothing was changed
exit /b 1

:registered
"%REG%" query "HKLM\SOFTWARE\Classes\CLSID\%~1" /reg:64 >nul 2>&1 && exit /b 0
"%REG%" query "HKLM\SOFTWARE\Classes\CLSID\%~1" /reg:32 >nul 2>&1 && exit /b 0
exit /b 1

:delete_at_restart
rem Calls MoveFileEx with MOVEFILE_DELAY_UNTIL_REBOOT, which is 4; it finds the name in MOFKIT_FILE.
rem That cannot be taken back. Until the restart a file beside it says so, and goes with it.
>"%MOFKIT_FILE%.leaving" echo deleted at the next start of Windows || exit /b 1
"%POWERSHELL%" -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "$q = [char]34; $code = '[DllImport(' + $q + 'kernel32.dll' + $q + ', CharSet = CharSet.Unicode)] public static extern bool MoveFileExW(string from, IntPtr to, uint flags);'; $files = Add-Type -Namespace MofKit -Name Files -MemberDefinition $code -PassThru; foreach ($end in '.leaving', '') { if (-not $files::MoveFileExW($env:MOFKIT_FILE + $end, [IntPtr]::Zero, 4)) { exit 1 } }" && exit /b 0
del /f /a "%MOFKIT_FILE%.leaving" >nul 2>&1
exit /b 1
