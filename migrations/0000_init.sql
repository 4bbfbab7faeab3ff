CREATE TABLE `accounts` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`industry` text,
	`country` text,
	`owner_id` text,
	`parent_id` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE TABLE `activities` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`deal_id` text,
	`account_id` text,
	`owner_id` text,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`qualifying` integer,
	`duration_minutes` real,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `activities_deal_id` ON `activities` (`connection_id`,`deal_id`);--> statement-breakpoint
CREATE TABLE `campaigns` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`partner_id` text,
	`cost` real,
	`currency` text,
	`start_on` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE TABLE `certifications` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`partner_id` text NOT NULL,
	`name` text NOT NULL,
	`issued_on` text NOT NULL,
	`expires_on` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `certifications_partner_id` ON `certifications` (`connection_id`,`partner_id`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`crm` text NOT NULL,
	`org_id` text NOT NULL,
	`org_name` text NOT NULL,
	`instance_url` text NOT NULL,
	`pinned_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contacts` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`account_id` text,
	`title` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE TABLE `costs` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`partner_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` real NOT NULL,
	`currency` text,
	`at` text NOT NULL,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `costs_partner_id` ON `costs` (`connection_id`,`partner_id`);--> statement-breakpoint
CREATE TABLE `crm_rows` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`fields` text NOT NULL,
	`hash` text NOT NULL,
	`merged_into_id` text,
	`mapping` text NOT NULL,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `crm_rows_stamp` ON `crm_rows` (`connection_id`,`object`,`stamp_ms`);--> statement-breakpoint
CREATE TABLE `cursors` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`through_ms` integer,
	`verified_ms` integer,
	`deletes_ms` integer,
	`full_ms` integer,
	`pass_from_ms` integer,
	`pass_until_ms` integer,
	`pass_next` text,
	`fields` text NOT NULL,
	PRIMARY KEY(`connection_id`, `object`)
);
--> statement-breakpoint
CREATE TABLE `deal_events` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`deal_id` text NOT NULL,
	`at` integer NOT NULL,
	`stage` text,
	`amount` real,
	`close_date` text,
	`by_id` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `deal_events_deal_id` ON `deal_events` (`connection_id`,`deal_id`);--> statement-breakpoint
CREATE TABLE `deal_partners` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`deal_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`role` text,
	`primary` integer,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `deal_partners_deal_id` ON `deal_partners` (`connection_id`,`deal_id`);--> statement-breakpoint
CREATE TABLE `deal_scores` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`deal_id` text NOT NULL,
	`run_id` text NOT NULL,
	`as_of_ms` integer NOT NULL,
	`probability` real NOT NULL,
	`low` real NOT NULL,
	`high` real NOT NULL,
	`evidence` real NOT NULL,
	`model` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `deal_id`)
);
--> statement-breakpoint
CREATE TABLE `deals` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`account_id` text,
	`partner_id` text,
	`campaign_id` text,
	`owner_id` text,
	`stage` text NOT NULL,
	`amount` real,
	`currency` text,
	`close_date` text,
	`created_at` integer NOT NULL,
	`closed_at` integer,
	`registered_at` integer,
	`registration_status` text,
	`product` text,
	`crm_probability` real,
	`source` text,
	`resolved_partner_id` text,
	`resolved_via` text,
	`rate` real,
	`rate_on` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `deals_resolved_partner_id` ON `deals` (`connection_id`,`resolved_partner_id`);--> statement-breakpoint
CREATE TABLE `documents` (
	`version` text NOT NULL,
	`kind` text NOT NULL,
	`connection_id` text NOT NULL,
	`body` text NOT NULL,
	`saved_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `kind`, `version`)
);
--> statement-breakpoint
CREATE TABLE `fence_guard` (
	`connection_id` text PRIMARY KEY NOT NULL,
	`fence` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `forecasts` (
	`connection_id` text NOT NULL,
	`run_id` text NOT NULL,
	`period` text NOT NULL,
	`as_of_ms` integer NOT NULL,
	`model` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`connection_id`, `run_id`)
);
--> statement-breakpoint
CREATE TABLE `hints` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`marked_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE TABLE `issues` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`entity` text NOT NULL,
	`field` text NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`message` text NOT NULL,
	`input` text,
	`run_id` text NOT NULL,
	`first_ms` integer NOT NULL,
	`last_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`, `entity`, `field`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `kpi_values` (
	`connection_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`kpi` text NOT NULL,
	`value` real,
	`low` real,
	`high` real,
	`evidence` real NOT NULL,
	`note` text,
	`as_of_ms` integer NOT NULL,
	`run_id` text NOT NULL,
	PRIMARY KEY(`connection_id`, `partner_id`, `kpi`)
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`connection_id` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`fence` integer NOT NULL,
	`expires_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ledger` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`record_id` text NOT NULL,
	`field` text NOT NULL,
	`value` text NOT NULL,
	`run_id` text NOT NULL,
	`written_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `record_id`, `field`)
);
--> statement-breakpoint
CREATE TABLE `milestones` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`plan_id` text NOT NULL,
	`label` text NOT NULL,
	`side` text,
	`due_on` text,
	`done_on` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `milestones_plan_id` ON `milestones` (`connection_id`,`plan_id`);--> statement-breakpoint
CREATE TABLE `models` (
	`connection_id` text NOT NULL,
	`version` text NOT NULL,
	`fitted_ms` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`connection_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `partner_scores` (
	`connection_id` text NOT NULL,
	`run_id` text NOT NULL,
	`object` text NOT NULL,
	`partner_id` text NOT NULL,
	`as_of_ms` integer NOT NULL,
	`score` real NOT NULL,
	`low` real NOT NULL,
	`high` real NOT NULL,
	`evidence` real NOT NULL,
	`model` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`connection_id`, `run_id`, `partner_id`)
);
--> statement-breakpoint
CREATE TABLE `partners` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`account_id` text,
	`type` text,
	`tier` text,
	`region` text,
	`owner_id` text,
	`parent_id` text,
	`signed_on` text,
	`onboarded_on` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `partners_account_id` ON `partners` (`connection_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `plans` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`partner_id` text NOT NULL,
	`name` text NOT NULL,
	`start_on` text NOT NULL,
	`end_on` text NOT NULL,
	`status` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `plans_partner_id` ON `plans` (`connection_id`,`partner_id`);--> statement-breakpoint
CREATE TABLE `rates` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`per_reporting` real NOT NULL,
	`start_on` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE TABLE `redirects` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`seen_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `from_id`)
);
--> statement-breakpoint
CREATE TABLE `registrations` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`partner_id` text NOT NULL,
	`deal_id` text,
	`account_id` text,
	`submitted_at` integer NOT NULL,
	`decided_at` integer,
	`status` text,
	`amount` real,
	`currency` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `registrations_partner_id` ON `registrations` (`connection_id`,`partner_id`);--> statement-breakpoint
CREATE INDEX `registrations_deal_id` ON `registrations` (`connection_id`,`deal_id`);--> statement-breakpoint
CREATE TABLE `run_steps` (
	`run_id` text NOT NULL,
	`name` text NOT NULL,
	`seq` integer NOT NULL,
	`state` text NOT NULL,
	`started_ms` integer NOT NULL,
	`ended_ms` integer,
	`calls` integer NOT NULL,
	`result` text,
	PRIMARY KEY(`run_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`connection_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`dry_run` integer NOT NULL,
	`started_ms` integer NOT NULL,
	`as_of_ms` integer,
	`ended_ms` integer,
	`full` integer NOT NULL,
	`resume_at_ms` integer,
	`undoes` text,
	`mapping` text,
	`model` text,
	`calls` integer NOT NULL,
	`error` text,
	`summary` text
);
--> statement-breakpoint
CREATE INDEX `runs_connection` ON `runs` (`connection_id`,`started_ms`);--> statement-breakpoint
CREATE TABLE `scratch` (
	`run_id` text NOT NULL,
	`name` text NOT NULL,
	`part` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`run_id`, `name`, `part`)
);
--> statement-breakpoint
CREATE TABLE `secrets` (
	`connection_id` text NOT NULL,
	`name` text NOT NULL,
	`slot` integer NOT NULL,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	`saved_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `name`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `seen_deliveries` (
	`digest` text PRIMARY KEY NOT NULL,
	`seen_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `seen_deliveries_seen` ON `seen_deliveries` (`seen_ms`);--> statement-breakpoint
CREATE TABLE `signals` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`partner_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`value` real,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `signals_partner_id` ON `signals` (`connection_id`,`partner_id`);--> statement-breakpoint
CREATE TABLE `stages` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`key` text NOT NULL,
	`label` text,
	`order` real NOT NULL,
	`closed` integer NOT NULL,
	`won` integer NOT NULL,
	`probability` real,
	`active` integer,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE TABLE `targets` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`plan_id` text NOT NULL,
	`side` text NOT NULL,
	`metric` text NOT NULL,
	`goal` real NOT NULL,
	`weight` real,
	`actual` real,
	`label` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE INDEX `targets_plan_id` ON `targets` (`connection_id`,`plan_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`active` integer,
	`account_id` text,
	`stamp_ms` integer NOT NULL,
	`seen_ms` integer NOT NULL,
	`deleted` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `id`)
);
--> statement-breakpoint
CREATE TABLE `windows` (
	`connection_id` text NOT NULL,
	`object` text NOT NULL,
	`from_ms` integer NOT NULL,
	`until_ms` integer NOT NULL,
	`our_count` integer NOT NULL,
	`crm_count` integer NOT NULL,
	`verified` integer NOT NULL,
	`checked_ms` integer NOT NULL,
	`run_id` text NOT NULL,
	PRIMARY KEY(`connection_id`, `object`, `until_ms`)
);
--> statement-breakpoint
CREATE TABLE `write_intents` (
	`run_id` text NOT NULL,
	`object` text NOT NULL,
	`record_id` text NOT NULL,
	`field` text NOT NULL,
	`connection_id` text NOT NULL,
	`old_value` text NOT NULL,
	`new_value` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`at_ms` integer NOT NULL,
	PRIMARY KEY(`run_id`, `object`, `record_id`, `field`)
);
--> statement-breakpoint
CREATE INDEX `write_intents_state` ON `write_intents` (`connection_id`,`state`);