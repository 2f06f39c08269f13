export { default } from "./++GalleryForm.svelte.ts";
export * from "./++GalleryForm.svelte.ts";
