@echo off
rem Sets everything up, then opens Roleworth. Needs Python 3.11 to 3.13 from python.org or the Microsoft Store.
cd /d "%~dp0"
if not exist .venv\Scripts\python.exe py -3 -m venv .venv || exit /b 1
.venv\Scripts\python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock || exit /b 1
.venv\Scripts\python -m desktop %*
