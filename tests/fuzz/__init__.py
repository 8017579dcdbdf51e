"""Fuzzing: what is fuzzed (`targets`), with what (`mutators`), for what (`checks`), and how (`run`)."""
