"use strict";
// Leads on to the site in the reader's language; without scripts the reader picks it.
{
  const links = [...document.querySelectorAll("[data-language]")];
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  const of = (language) => links.find((link) => link.dataset.language === language);
  const first = wanted.map(of).find((link) => link) || links[0];
  if (first) location.replace(first.href);
}
