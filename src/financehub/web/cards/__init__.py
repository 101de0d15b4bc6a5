"""What the cards pages show: words of states and rules, bars of committed months, rows beside their bills."""
