"""What suppliers are asked, as a workbook, and what they answered."""
