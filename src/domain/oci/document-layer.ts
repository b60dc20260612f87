import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { SourceLanguage } from "../../contract/function/runtime.ts";
import { annotationKeys, type Descriptor, type ImageManifest } from "../../contract/oci/manifest.ts";
import { languageOfFile, languageOfMediaType, sourceEndings } from "../function/source-language.ts";
import { type Result, refusal, success } from "../result.ts";
import { comesHere } from "./read-manifest.ts";

/** What the layer that is to be registered is written in. */
export type LayerWriting =
  | { as: "document"; mediaType: "application/yaml" | "application/json" }
  | { as: "source"; language: SourceLanguage };

/** The layer of a manifest that holds an artifact's document or source. */
export interface DocumentLayer {
  descriptor: Descriptor;
  /** Its file's name, as the client told it. */
  file: string | null;
  writing: LayerWriting;
}

/**
 * The one layer that is registered in a typed repository: source code for functions, YAML or JSON for all else, by its media type, or by its
 * file's name where that says nothing. Other layers (a README) are kept and not looked at; one that is not pushed is none of the
 * repository's. A refusal is the reason in words.
 */
export function findDocumentLayer(kind: ArtifactKind, image: ImageManifest): Result<DocumentLayer, string> {
  const wanted = kind === "function" ? "source" : "document";
  const layers = image.layers.filter(comesHere).flatMap((descriptor) => {
    const file = descriptor.annotations?.[annotationKeys.title] ?? null;
    const writing = writingOf(descriptor.mediaType, file);
    return writing?.as === wanted ? [{ descriptor, file, writing }] : [];
  });
  const [only, second] = layers;
  const expected =
    kind === "function"
      ? `a source file (${sourceEndings.join(", ")}; text/x-python, application/typescript or text/javascript)`
      : `a document (application/yaml or application/json): push it as FILE:application/yaml`;
  if (only === undefined) {
    const found = image.layers.slice(0, 5).map(nameOf);
    const told = found.length === 0 ? "the manifest has no layers" : `its layers are ${found.join(", ")}`;
    return refusal(`a ${kind} is pushed as one layer that is ${expected}; ${told}`);
  }
  if (second !== undefined) {
    return refusal(
      `a ${kind} is pushed as one layer that is ${expected}; ${layers.length} layers are such, so which one is meant is not clear`,
    );
  }
  return success(only);
}

/** A layer as messages tell it. */
function nameOf(layer: Descriptor): string {
  const { mediaType } = layer;
  const file = layer.annotations?.[annotationKeys.title];
  const name = file === undefined ? mediaType : `${file.slice(0, 100)} (${mediaType})`;
  return comesHere(layer) ? name : `${name}, which is not stored here`;
}

function writingOf(mediaType: string, file: string | null): LayerWriting | null {
  const type = mediaType.toLowerCase();
  const language = languageOfMediaType(type);
  if (language !== null) return { as: "source", language };
  if (/^(application|text)\/(x-)?yaml$|\+yaml$/.test(type)) return { as: "document", mediaType: "application/yaml" };
  if (/^(application|text)\/json$/.test(type)) return { as: "document", mediaType: "application/json" };
  return saysNothing(type) && file !== null ? writingOfFile(file) : null;
}

/** What clients write where nobody told them a type. */
function saysNothing(type: string): boolean {
  return /^(application\/octet-stream|text\/plain|application\/vnd\.oci\.image\.layer\.v1\.tar)$/.test(type);
}

function writingOfFile(file: string): LayerWriting | null {
  const language = languageOfFile(file);
  if (language !== null) return { as: "source", language };
  const name = file.toLowerCase();
  if (/\.ya?ml$/.test(name)) return { as: "document", mediaType: "application/yaml" };
  return name.endsWith(".json") ? { as: "document", mediaType: "application/json" } : null;
}
