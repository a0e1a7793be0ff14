// A catalogue cut down to the words of one page (scripts/words.ts).
declare module '*?page=board' {
  const words: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;
  export default words;
}
declare module '*?page=review' {
  const words: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;
  export default words;
}
