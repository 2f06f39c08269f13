export { default } from "./++LocalTextField.svelte.ts";
export * from "./++LocalTextField.svelte.ts";
