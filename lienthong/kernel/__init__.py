"""What every app may lean on: Refusal, Subject, the clock, periods, Vietnamese text. It owns no models and no rules."""
