"""The test bank: JSON over HTTP, and the page on which a payer pays."""
