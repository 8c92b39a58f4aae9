// Runs before the page is drawn: what needs scripts is laid out for them from the beginning.
document.documentElement.classList.add("js");
