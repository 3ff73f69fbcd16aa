"""What commands show, in words that people read and sign off."""
