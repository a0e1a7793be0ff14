// The limits that the browser can tell before the server does; held to domain/limits.py by tests/vectors/limits.json.
export const LIMITS = {
  TEXT_TYPED: 2_000,
  TEXT_STORED: 8_000,
  NAME: 120,
  FIELD: 400,
  SHEET_TEXT: 2_000,
  KPIS: 40,
  TEAMS: 40,
  STAGES: 40,
  CHANNELS: 60,
  NOTES: 10_000,
  LINKS: 20_000,
  BATCH: 500,
  LINE_PARTS: 200,
  DRAFT_LINES: 5_000,
  COMMENTS: 5_000,
  FRAME_BYTES: 64 * 1024,
} as const;
