@echo off
rem Sets everything up, then runs the tests.
cd /d "%~dp0"
if not exist .venv\Scripts\python.exe py -3 -m venv .venv || exit /b 1
.venv\Scripts\python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock || exit /b 1
set QT_QPA_PLATFORM=offscreen
.venv\Scripts\python -m pytest %*
