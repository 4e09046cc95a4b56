"""The house: settings, addresses and the processes of the product in the browser."""
