ALTER TABLE `cursors` ADD `shape` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `partner_scores_latest` ON `partner_scores` (`connection_id`,`partner_id`,`as_of_ms`);--> statement-breakpoint
CREATE INDEX `redirects_from` ON `redirects` (`connection_id`,`from_id`);--> statement-breakpoint
CREATE INDEX `redirects_to` ON `redirects` (`connection_id`,`to_id`);--> statement-breakpoint
CREATE INDEX `write_intents_next` ON `write_intents` (`run_id`,`object`,`state`,`record_id`);