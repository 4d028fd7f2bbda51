// Sorts a table by the column whose name is pressed; what is empty comes last.
for (const head of document.querySelectorAll(".sorts thead th")) {
  const button = document.createElement("button");
  button.append(...head.childNodes);
  head.append(button);
  button.onclick = () => {
    const up = head.ariaSort !== "ascending", body = head.closest("table").tBodies[0];
    const text = row => row.cells[head.cellIndex].textContent.replace(/^between /, "");
    const order = (a, b) => !a - !b || (up ? 1 : -1) * a.localeCompare(b, "en", {numeric: true});
    for (const other of head.parentNode.cells) other.ariaSort = null;
    head.ariaSort = up ? "ascending" : "descending";
    body.append(...[...body.rows].sort((a, b) => order(text(a), text(b))));
  };
}
