/* On a phone, inputs and results are two sides of one page: each keeps its own place, and where the
   headline is scrolled away from, its sentence stays at the top. */
"use strict";

(() => {
  const sides = document.querySelector(".sides");
  const panes = document.querySelector(".panes");
  const results = document.querySelector("#results");
  if (!sides || !panes || !results) return;

  /* ---- a place on each side ------------------------------------------------------------------- */

  const shown = () => sides.querySelector("input:checked").value;
  const places = {};
  const keep = () => { places[shown()] = window.scrollY; };
  window.addEventListener("scroll", keep, { passive: true });
  // Before the other side is there: a scroll just now may not have been told of yet.
  sides.addEventListener("click", (event) => { if (event.target.matches("span")) keep(); });
  const beginning = () => {
    const top = panes.getBoundingClientRect().top + window.scrollY - sides.offsetHeight;
    return Math.min(top, window.scrollY);
  };
  sides.addEventListener("change", () => {
    const place = places[shown()] ?? beginning();
    window.scrollTo({ top: place, behavior: "instant" });
    places[shown()] = place;
  });

  /* ---- the sentence ---------------------------------------------------------------------------- */

  const said = document.createElement("p");
  said.className = "strip";
  said.ariaHidden = "true";
  said.hidden = true;
  sides.append(said);
  const watch = new IntersectionObserver(([entry]) => {
    said.hidden = entry.isIntersecting || entry.boundingClientRect.top > 0;
  }, { rootMargin: "-44px 0px 0px" });
  const take = () => {
    const sentence = results.querySelector("#headline h1");
    watch.disconnect();
    if (!sentence) return;
    said.textContent = sentence.textContent;
    watch.observe(sentence);
  };
  document.addEventListener("amtweb:answered", take);
  take();
})();
