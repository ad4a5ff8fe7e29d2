"""Rules about what keeps findings back: comments, and the settings of `policy/checks.yml`. No comment keeps these back."""
