/** Rows of the partner whose id was typed, else of those whose name has the words; null = all. */
export function ofPartner<Row extends { id: string; name: string }>(
  rows: Row[],
  typed: string | null,
): Row[] {
  if (typed === null) return rows;
  const exact = rows.filter(({ id }) => id === typed);
  const words = typed.trim().toLowerCase();
  return exact.length > 0 ? exact : rows.filter(({ name }) => name.toLowerCase().includes(words));
}
