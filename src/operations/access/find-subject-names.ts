import { loadSubjectName } from "../../bindings/d1/access/subject-name.ts";
import type { Subject } from "../../domain/access/subjects-of.ts";

/** The names of repositories that subjects are about. What is not there, or belongs to no artifact, has none. */
export async function findSubjectNames(db: D1Database, subjects: readonly Subject[]): Promise<string[]> {
  const names = await Promise.all(
    subjects.map((subject) => {
      if (subject.of === "every name") return null;
      return subject.of === "name" ? subject.name : loadSubjectName(db, subject.of, subject.id);
    }),
  );
  return names.filter((name) => name !== null);
}
