"""What changed: the chart, the effect, the evidence and the cautions of one measure."""
