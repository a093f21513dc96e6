"""The freeze before an election: from some days before on, nobody changes alone what readers see of a race."""
