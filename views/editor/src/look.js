// The house's colours, which the page sets as variables for either theme: keys in the blue of what is observed, the
// rest in ink. Only what is wrong has another colour, and a wavy line with it.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags as t } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: t.definition(t.propertyName), color: "var(--accent)" },
  { tag: [t.lineComment, t.separator, t.brace, t.squareBracket, t.punctuation, t.special(t.string)], color: "var(--ink3)" },
  { tag: [t.content, t.string], color: "var(--ink)" },
]);

const MONO = '"Source Code Pro","Noto Sans Mono CJK SC",ui-monospace,Menlo,Consolas,monospace';
const box = { backgroundColor: "var(--ground)", border: "1px solid var(--ink3)", borderRadius: "3px", color: "var(--ink)" };

const look = EditorView.theme({
  "&": { height: "var(--tall)", backgroundColor: "var(--ground)", color: "var(--ink)", border: "1px solid var(--rule)", borderRadius: "3px", fontSize: "14px" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-1px" },
  ".cm-scroller": { fontFamily: MONO, lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--ink3)", border: "0" },
  ".cm-activeLineGutter": { backgroundColor: "var(--grid)", color: "var(--ink)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--panel) 60%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--grid)", outline: "1px solid var(--ink3)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--alarm) 1.5px", textUnderlineOffset: "4px" },
  ".cm-lint-marker-error": { content: '""', width: "8px", height: "8px", margin: "7px 3px", borderRadius: "2px", backgroundColor: "var(--alarm)" },
  ".cm-tooltip": { ...box, maxWidth: "min(460px, 90vw)", zIndex: "20" },
  ".cm-tooltip-lint": { padding: "0" },
  ".cm-diagnostic": { borderLeft: "3px solid var(--alarm)", padding: "6px 10px", fontSize: "13.5px", whiteSpace: "normal" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "15em" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "3px 8px !important" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--ground)" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "10px", opacity: "0.85", fontFamily: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "underline", textUnderlineOffset: "2px" },
  ".cm-completionInfo": { ...box, padding: "6px 10px", fontSize: "13.5px", whiteSpace: "normal" },
  ".cm-meaning": { padding: "6px 10px", fontSize: "13.5px", lineHeight: "1.5" },
  ".cm-meaning b": { display: "block", fontFamily: MONO, fontWeight: "600" },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--ink)", borderColor: "var(--rule)" },
  ".cm-textfield": { ...box, padding: "4px 6px", fontSize: "13.5px" },
  ".cm-button": { ...box, backgroundImage: "none", padding: "4px 8px", fontSize: "13.5px" },
  ".cm-panel.cm-search label": { fontSize: "13.5px" },
  ".cm-panel.cm-search [name=close]": { color: "var(--ink)", fontSize: "18px", minWidth: "24px", minHeight: "24px" },
  ".cm-searchMatch": { backgroundColor: "#FFE9A8", color: "#1A2329" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--panel)", border: "1px solid var(--rule)", color: "var(--ink2)" },
});

export const looks = [syntaxHighlighting(colours), look];
