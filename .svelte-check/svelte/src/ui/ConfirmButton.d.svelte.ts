export { default } from "./++ConfirmButton.svelte.ts";
export * from "./++ConfirmButton.svelte.ts";
