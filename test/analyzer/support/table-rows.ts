/** The cells of all tables of a page whose header begins so, each as `bare` makes it. */
export function tableRows(page: string, header: string, bare: (cell: string) => string): string[][] {
  return [...page.matchAll(/^\|(.+)\|\n\|[-|]+\|\n((?:\|.*\|\n)+)/gm)]
    .filter(([, head]) => head?.replaceAll(/\s+/g, " ").trim().startsWith(header.replace(/ \|$/, "")))
    .flatMap(([, , rows]) => (rows ?? "").trim().split("\n"))
    .map((row) =>
      row
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => bare(cell.trim().replaceAll("\\|", "|"))),
    );
}
