/** What a version that is deprecated because its file was removed says of it; with a commit or, where the host tells none, without. */
export function removalMessage(repository: string, commit: string | null): string {
  return commit === null ? removalPrefix(repository) : `${removalPrefix(repository)} in ${commit}`;
}

/** How such a message begins, whatever the commit: by it versions are found again when the file comes back. */
export function removalPrefix(repository: string): string {
  return `removed from ${repository}`;
}
