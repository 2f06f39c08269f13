export { default } from "./++LanguageMenu.svelte.ts";
export * from "./++LanguageMenu.svelte.ts";
