// Draws the charts with Plotly over their inline pictures, and keeps the one selected year of the
// page. Axes, notes and the band of the selected year are the picture's; on them Plotly draws bars
// and lines in the place of the picture's own. Where Plotly does not come, the picture stays whole.
//
// The figures are in the JSON of #figures-data, which comes anew with every computation; a chart
// whose JSON is what it was is left alone.
//
// What others may use: amtweb.updateCharts(), or the event amtweb:figures on the document, when
// new figures came by other ways than htmx; the event amtweb:select-year {year} to select a year;
// the event amtweb:year-selected {year}, which tells that one was selected.

const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  topojsonURL: "",
  responsive: false, // the ResizeObserver below sees more than resizes of the window
  doubleClick: false,
  scrollZoom: false,
  showTips: false,
};
const HUE = /^var\((--chart-[a-z-]+)\)$/;
const CLEAR = "rgba(0,0,0,0)";

const letters = getComputedStyle(document.body).fontFamily;
const darkPage = matchMedia("(prefers-color-scheme: dark)");
const colours = new Map();
const sizes = new WeakMap(); // of the plots, by figure element: [width, height]
const drawings = new WeakMap(); // by figure element: what Plotly shows there
let source = null;
let specs = {};
let selectedYear = Number(document.querySelector("[data-selected-year]")?.dataset.selectedYear);

const figureElements = () => [...document.querySelectorAll("[data-figure]")];
const plotOf = (figure) => figure.querySelector(".plot");
const rowsOf = (figure) => [...figure.querySelectorAll("tr[data-year]")];

// A custom property of the page as a colour; a probe, because they are not computed by themselves.
function colourOf(property) {
  if (!colours.has(property)) {
    const probe = document.body.appendChild(document.createElement("span"));
    probe.hidden = true;
    probe.style.color = `var(${property})`;
    colours.set(property, getComputedStyle(probe).color);
    probe.remove();
  }
  return colours.get(property);
}

function inColour(value) {
  if (typeof value === "string") {
    const hue = HUE.exec(value);
    return hue ? colourOf(hue[1]) : value;
  }
  if (Array.isArray(value)) return value.map(inColour);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inColour(item)]));
}

// Of the chart's own layout, what the picture below does not show already.
function layoutOnPicture({ margin, font, barmode, hovermode, hoverdistance, xaxis, yaxis }, size) {
  const [width, height] = size;
  const bare = ({ range, unifiedhovertitle }) => {
    return { range, unifiedhovertitle, visible: false, showspikes: false, fixedrange: true };
  };
  return {
    width,
    height,
    margin,
    barmode,
    hovermode,
    hoverdistance,
    dragmode: false,
    showlegend: false,
    paper_bgcolor: CLEAR,
    plot_bgcolor: CLEAR,
    font: { ...font, family: letters },
    hoverlabel: {
      bgcolor: colourOf("--chart-paper"),
      bordercolor: colourOf("--chart-quiet"),
      font: { color: colourOf("--chart-ink") },
    },
    xaxis: bare(xaxis),
    yaxis: bare(yaxis),
  };
}

// An entry of a legend is a button that hides its bars or its line, in the picture and in Plotly.
// What is hidden is known by name, so that it stays hidden in the results that come next; a legend
// outside of all figures speaks for them all.
const hidden = new Map(); // names of series, by the id of the figure, or by "" for all
const legendOf = (element) => element.closest("[data-figure]")?.dataset.figure ?? "";
const isHidden = (owner, name) => Boolean(hidden.get(owner)?.has(name) || hidden.get("")?.has(name));

function makeSwitch(entry) {
  let button = entry.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "series-switch";
    button.append(...entry.childNodes);
    entry.append(button);
  }
  const off = isHidden(legendOf(entry), entry.dataset.name);
  button.setAttribute("aria-pressed", String(!off));
  button.title = off ? "Show in the chart" : "Hide in the chart";
  entry.classList.toggle("off", off);
}

function showSeries(figure) {
  const off = new Set();
  for (const { dataset } of figure.querySelectorAll(".chart-legend [data-series]")) {
    if (isHidden(figure.dataset.figure, dataset.name)) off.add(dataset.series);
  }
  for (const mark of figure.querySelectorAll(":is(.chart-box, .chart-callouts) [data-series]")) {
    mark.classList.toggle("off", off.has(mark.dataset.series));
  }
  const spec = specs[figure.dataset.figure];
  if (spec?.layout.barmode === "relative" && (off.size || figure.dataset.stacked)) {
    figure.dataset.stacked = "anew";
    stack(figure, spec, off);
  }
}

// Bars stand on those that are shown, as in amtweb.scenarios.pictures and in Plotly.
function stack(figure, { data, layout }, off) {
  const [bottom, top] = layout.yaxis.range;
  const down = (amount) => (100 * (top - amount)) / (top - bottom);
  const ends = new Map();
  data.forEach((trace, series) => {
    if (trace.type !== "bar" || off.has(String(series))) return;
    const of = (kind) => figure.querySelectorAll(`.picture .${kind}[data-series="${series}"]`);
    const [bars, hatches] = [of("bar"), of("hatch")];
    trace.x
      .map((year, index) => [year, trace.y[index]])
      .filter(([, amount]) => amount)
      .forEach(([year, amount], place) => {
        const side = `${year} ${Math.sign(amount)}`;
        const start = ends.get(side) ?? 0;
        ends.set(side, start + amount);
        for (const bar of [bars[place], hatches[place]]) {
          bar?.setAttribute("y", `${down(Math.max(start, start + amount))}%`);
        }
      });
  });
}

function followLegends() {
  document.querySelectorAll(".chart-legend [data-name]").forEach((entry) => {
    if (entry.closest("[data-figure], .lines-legend")) makeSwitch(entry);
  });
  figureElements().forEach(showSeries);
}

function press(entry) {
  const owner = legendOf(entry);
  if (!hidden.has(owner)) hidden.set(owner, new Set());
  const names = hidden.get(owner);
  if (!names.delete(entry.dataset.name)) names.add(entry.dataset.name);
  followLegends();
  figureElements().forEach(draw);
}

function shownOf(figure, { data, layout }) {
  const owner = figure.dataset.figure;
  const shown = (trace) => (isHidden(owner, trace.name) ? { ...trace, visible: false } : trace);
  return { data: data.map(shown), layout };
}

// The only place that hands Plotly a figure.
function hand(figure, spec, size) {
  const key = JSON.stringify([spec, size, darkPage.matches]);
  if (drawings.get(figure) === key) return;
  const plot = plotOf(figure);
  const { data, layout } = inColour(spec);
  window.Plotly.react(plot, data, layoutOnPicture(layout, size), CONFIG);
  if (!drawings.has(figure)) plot.on("plotly_click", ({ points }) => select(points[0].x));
  drawings.set(figure, key);
}

function draw(figure) {
  const whole = specs[figure.dataset.figure];
  const size = sizes.get(figure);
  // A hidden plot has no size; it is drawn when it is shown.
  if (!window.Plotly || !whole || !size?.[0]) return;
  const spec = shownOf(figure, whole);
  let drawn = spec.data.some((trace) => trace.visible !== false);
  try {
    if (drawn) hand(figure, spec, size);
  } catch (error) {
    drawn = false;
    reportError(error);
  }
  if (!drawn && drawings.delete(figure)) window.Plotly.purge(plotOf(figure));
  figure.classList.toggle("drawn", drawn);
}

// One chart after the other, so that the page answers in between.
async function drawInTurn() {
  for (const figure of figureElements()) {
    draw(figure);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function markSelectedYear(figure) {
  const isSelected = (element) => Number(element.dataset.year) === selectedYear;
  for (const row of rowsOf(figure)) {
    if (!isSelected(row)) row.removeAttribute("aria-current");
    else {
      row.setAttribute("aria-current", "true");
      figure.querySelector(".chart-readout").textContent = row.dataset.readout;
    }
  }
  for (const band of figure.querySelectorAll(".band")) {
    band.classList.toggle("selected", isSelected(band));
  }
}

// The nearest year that there is.
function existing(year) {
  const [figure] = figureElements();
  const years = figure ? rowsOf(figure).map((row) => Number(row.dataset.year)) : [];
  if (!Number.isFinite(year)) return years[0];
  return years.reduce((a, b) => (Math.abs(b - year) < Math.abs(a - year) ? b : a), years[0]);
}

function tell() {
  const detail = { year: selectedYear };
  document.dispatchEvent(new CustomEvent("amtweb:year-selected", { detail }));
}

// Charts of years that Plotly does not draw: those of the analyses.
function markStills() {
  for (const band of document.querySelectorAll(".still .band")) {
    band.classList.toggle("selected", Number(band.dataset.year) === selectedYear);
  }
}

function select(year) {
  const nearest = existing(Number(year));
  if (nearest === selectedYear) return;
  selectedYear = nearest;
  figureElements().forEach(markSelectedYear);
  markStills();
  tell();
}

let lostFocus = null; // the entry of a legend that had the focus when it was exchanged

function giveFocusBack() {
  if (!lostFocus || document.activeElement !== document.body) return;
  const { figure, name } = lostFocus;
  lostFocus = null;
  const entries = document.querySelectorAll(`#legend-${figure} [data-name]`);
  [...entries].find((entry) => entry.dataset.name === name)?.querySelector("button").focus();
}

function updateCharts() {
  markStills();
  const newest = document.getElementById("figures-data");
  const same = !newest || newest === source;
  if (!same) specs = JSON.parse(newest.textContent);
  followLegends();
  giveFocusBack();
  if (same) return;
  source = newest;
  const year = existing(selectedYear);
  const moved = year !== selectedYear;
  selectedYear = year;
  for (const figure of figureElements()) {
    draw(figure);
    markSelectedYear(figure);
  }
  if (moved) tell();
}

const observer = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const size = [Math.round(contentRect.width), Math.round(contentRect.height)];
    sizes.set(target.closest("[data-figure]"), size);
  }
  drawInTurn();
});

for (const figure of figureElements()) {
  figure.classList.add("live");
  observer.observe(plotOf(figure));
}
updateCharts();

// What Plotly adds is for a mouse or a finger on a chart: the amounts under it. It weighs more than
// all the rest of the page, and so it comes when one of them is there, and no reader waits for it.
// Pages whose pictures say everything have none.
const plotlyAddress = document.getElementById("charts-script")?.dataset.plotly;

function fetchPlotly({ target }) {
  if (!target.closest?.("[data-figure]")) return;
  listenForPointers("removeEventListener");
  const script = document.createElement("script");
  script.src = plotlyAddress;
  script.addEventListener("load", drawInTurn);
  script.addEventListener("error", () => {
    script.remove();
    listenForPointers("addEventListener");
  });
  document.head.append(script);
}

function listenForPointers(how) {
  for (const type of ["pointermove", "pointerdown"]) document[how](type, fetchPlotly);
}

if (plotlyAddress && figureElements().length) listenForPointers("addEventListener");
darkPage.addEventListener("change", () => {
  colours.clear();
  figureElements().forEach(draw);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest(".series-switch");
  if (button) press(button.parentElement);
  const place = event.target.closest(":is([data-figure], .still) [data-year]");
  if (place) select(place.dataset.year);
});
document.addEventListener("amtweb:select-year", (event) => select(event.detail.year));
document.addEventListener("amtweb:figures", updateCharts);
// Pieces of an answer in which htmx has nothing to do are exchanged at once: htmx would announce
// the leaving of each of their elements, which takes longer than everything else about them.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment, shouldSwap } = event.detail;
  if (!shouldSwap || !fragment.firstElementChild?.hasAttribute("data-plain")) return;
  event.detail.shouldSwap = false;
  for (const fold of target.querySelectorAll("details[id]")) {
    const same = fragment.getElementById(fold.id);
    if (same) same.open = fold.open;
  }
  const lanes = target.querySelector(".lanes-scroll");
  const newLanes = fragment.querySelector(".lanes-scroll");
  const scrolled = lanes ? lanes.scrollLeft : 0;
  const entry = target.contains(document.activeElement) && document.activeElement.closest("[data-name]");
  if (entry) lostFocus = { figure: legendOf(entry), name: entry.dataset.name };
  target.replaceWith(fragment);
  if (scrolled && newLanes) newLanes.scrollLeft = scrolled;
  queueMicrotask(updateCharts);
});
// And once all pieces are in their places, in htmx 2 and 4.
for (const swapped of ["htmx:afterSwap", "htmx:after:swap"]) {
  document.addEventListener(swapped, () => queueMicrotask(updateCharts));
}

window.amtweb = { ...window.amtweb, updateCharts };
