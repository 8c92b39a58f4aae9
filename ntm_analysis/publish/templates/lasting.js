// A lasting address leads on to the page as it is now, with the part that was asked for.
"use strict";
const there = document.getElementById("there");
location.replace(there.href + location.hash);
