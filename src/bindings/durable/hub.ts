import type { Announcement, Changes } from "../../contract/announcement/announcement.ts";

/** What a region's hub is asked for. */
export interface HubCalls {
  /** Announcements after `seq`, from a state at least as new as `minSeq` where D1 has it. */
  changesSince(seq: number, minSeq: number): Promise<Changes>;
  /** A registrar committed; may be lost, repeated or late. */
  announce(announcements: Announcement[]): Promise<void>;
  /** A WebSocket on which it tells of changes (listening.ts). */
  fetch(request: Request): Promise<Response>;
}

/** Cloudflare's regions for Durable Objects; one hub lives in each. */
export const hubRegions = ["wnam", "enam", "sam", "weur", "eeur", "apac", "oc", "afr", "me"] as const;
export type HubRegion = (typeof hubRegions)[number];

/** The hub nearest to a request, by the continent and longitude that Cloudflare tells. */
export function regionOf(place: { continent?: string | undefined; longitude?: string | undefined }): HubRegion {
  const longitude = Number(place.longitude ?? 0);
  switch (place.continent) {
    case "NA":
      return longitude < -100 ? "wnam" : "enam";
    case "SA":
      return "sam";
    case "EU":
      return longitude > 15 ? "eeur" : "weur";
    case "AS":
      return longitude > 25 && longitude < 63 ? "me" : "apac";
    case "OC":
      return "oc";
    case "AF":
      return "afr";
    default:
      return "weur";
  }
}
