"""An explorer of EU-funded social-service projects."""
