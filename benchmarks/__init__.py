"""Speed as ratios within one run, never as seconds."""
