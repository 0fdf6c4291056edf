#!/bin/sh
# Starts the app on an empty evaluation file beside an accessibility bus, and does one whole task by AT-SPI alone.
# Usage: xvfb-run -a dbus-run-session -- tools/at_spi_task.sh EVALUATION.roleworth WORKBOOK.xlsx
set -u
cd "$(dirname "$0")/.."
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb
/usr/libexec/at-spi-bus-launcher --launch-immediately & launcher=$!
sleep 1
/usr/libexec/at-spi2-registryd & registry=$!
.venv/bin/python -m desktop "$1" & app=$!
/usr/bin/python3 tools/at_spi_task.py "$2"
status=$?
kill "$app" "$registry" "$launcher"
exit "$status"
