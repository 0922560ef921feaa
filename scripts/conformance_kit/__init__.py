"""The conformance kit: what is asked, with answers that a person has checked (`cases`, `label_cases`), and the files made of it (`writing`)."""
