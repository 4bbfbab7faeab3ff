CREATE TABLE `web_sessions` (
	`hash` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`made_ms` integer NOT NULL,
	`expires_ms` integer NOT NULL,
	`ended_ms` integer
);
