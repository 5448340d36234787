"""What a machine can draft of an article's annotations: names, quotations with speakers, dates, measurements, claims."""
