"""Every write a person can cause: verb functions, keyword only, each one named step of history."""
