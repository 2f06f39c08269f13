export { default } from "./++FunderEmblem.svelte.ts";
export * from "./++FunderEmblem.svelte.ts";
