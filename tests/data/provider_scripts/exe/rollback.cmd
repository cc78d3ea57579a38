@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Goes back to the old WMI provider, while its binary is still registered.

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
call :%ROUTINE%
set "RESULT=%ERRORLEVEL%"
exit /b %RESULT%

:usage
>&2 echo usage: "%~nx0"
exit /b 2

:main
call :elevated || exit /b 1
if not exist "%OLD%" (
    >&2 echo stopped: there is no "%OLD%"; nothing was changed
    exit /b 1
)
if exist "%OLD%.leaving" (
    >&2 echo stopped: "%OLD%" will be deleted when Windows starts again; nothing was changed
    >&2 echo restart Windows first, so that what is put there now is not deleted then
    exit /b 1
)
if not exist "%OLD_MOF_1%" (
    >&2 echo stopped: there is no "%OLD_MOF_1%"; nothing was changed
    exit /b 1
)

call :registered "%OLD_CLSID%" || (
    >&2 echo stopped: the old CLSID %OLD_CLSID% is not registered any more; nothing was changed
    >&2 echo register "%OLD%" first, and see that it is not marked for deletion
    exit /b 1
)

echo 1 of 3: compiling the old registration: with this the old provider takes over again
rem The file says that the new binary serves, for /cleanup. From here on that is not certain.
if exist "%SERVES%" del /f /a "%SERVES%" >nul 2>&1
if exist "%SERVES%" (
    >&2 echo stopped: "%SERVES%" could not be deleted; the MOF was not compiled
    exit /b 1
)
"%MOFCOMP%" "%OLD_MOF_1%"
set "RESULT=%ERRORLEVEL%"
if not "%RESULT%"=="0" (
    >&2 echo stopped: mofcomp ended with %RESULT% in "%OLD_MOF_1%"
    >&2 echo both binaries stay as they are; mend the error and run this again
    exit /b 1
)
if not exist "%NEW%" (
    echo done: "%OLD%" serves the provider "%PROVIDER%"; there is no "%NEW%" to remove
    exit /b 0
)
if not exist "%SOURCE%" (
    >&2 echo stopped: "%OLD%" serves again; "%NEW%" stays, as there is no "%SOURCE%" to compare it with
    exit /b 1
)
"%SystemRoot%\System32\fc.exe" /b "%SOURCE%" "%NEW%" >nul || (
    >&2 echo stopped: "%OLD%" serves again; "%NEW%" is not the binary that was copied, and stays
    exit /b 1
)

echo 2 of 3: unregistering "%NEW%"
call :registered "%NEW_CLSID%" && (
    "%NEW%" /UnregServer || (
        >&2 echo stopped: "%OLD%" serves again, but "%NEW%" could not be unregistered
        exit /b 1
    )
)

echo 3 of 3: deleting "%NEW%"
del /f /a "%NEW%" >nul 2>&1
if exist "%NEW%" (
    set "MOFKIT_FILE=%NEW%"
    call :delete_at_restart || (
        >&2 echo stopped: "%OLD%" serves again, but "%NEW%" is in use and could not be marked for deletion
        exit /b 1
    )
    echo It is in use, and will be deleted when Windows starts again. Do not run update before that.
)
echo done: "%OLD%" serves the provider "%PROVIDER%" again
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
