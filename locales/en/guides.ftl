nav-help = Help
guides-title = Guides
guides-lead = What to do, step by step, for each role. Every step names the buttons as they stand on the pages; “Help” at the top of a page leads to its guide.
guides-picture = Picture of the page of this guide; outlined is: { $label }
guides-next = Next guide:
