CREATE TABLE `mapping_versions` (
	`connection_id` text NOT NULL,
	`seq` integer NOT NULL,
	`version` text NOT NULL,
	`body` text NOT NULL,
	`saved_ms` integer NOT NULL,
	`by_who` text,
	`why` text,
	PRIMARY KEY(`connection_id`, `seq`)
);
