import type { File } from "../../contract/file/file.ts";
import { getFileFacts, signFile } from "../../contract/http/files.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";
import { sizeText } from "../parts/size-text.ts";
import { whenSeen } from "../parts/when-seen.ts";

/** Media types that every browser shows as a picture. */
const pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/** Larger ones are not fetched unasked. */
const shownPictureBytes = 16 * 1024 * 1024;
const linkSeconds = 3600;

/** A file that a value names: what it is, a link to it, and the picture where it is one. Asked for when it comes into view. */
export function fileView(registry: Registry, digest: string, what: string, left: AbortSignal): HTMLElement {
  const place = element("div", { class: "file" }, element("span", { class: "quiet" }, `Looking up ${what}…`));

  async function load(): Promise<void> {
    const params = { digest };
    try {
      const facts = await registry.client.call(getFileFacts, { params, signal: left });
      // A link cannot carry the token; a signed address needs none.
      const { url } = await registry.client.call(signFile, {
        params,
        body: { expires_in_seconds: linkSeconds },
        signal: left,
        isIdempotent: true,
      });
      place.replaceChildren(...contentOf(facts, new URL(url), what));
    } catch (failure) {
      if (!left.aborted) place.replaceChildren(`${what}: ${told(failure).detail}`);
    }
  }

  whenSeen(place, left, load);
  return place;
}

function contentOf({ name, media_type: type, size_bytes: bytes }: File, signed: URL, what: string): HTMLElement[] {
  // The registry may know itself by another name than the browser knows it by.
  const href = signed.pathname + signed.search;
  const facts = element(
    "p",
    {},
    element("a", { href: `${href}&download=true` }, name ?? what),
    element("span", { class: "quiet" }, ` ${type} · ${sizeText(bytes)}`),
  );
  const isShown = pictures.includes(type) && bytes <= shownPictureBytes;
  return isShown ? [facts, element("img", { src: href, alt: `${what}${name === null ? "" : `, ${name}`}` })] : [facts];
}
