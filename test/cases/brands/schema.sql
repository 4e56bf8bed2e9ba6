-- Ids of each table have a type of their own, which foreign keys follow.
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, invited_by bigint REFERENCES users);
CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users, bio text);
CREATE TABLE badges (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, profile_id bigint NOT NULL REFERENCES profiles);
CREATE TABLE badge_users (badge_id uuid REFERENCES badges, user_id bigint REFERENCES users, PRIMARY KEY (badge_id, user_id));
CREATE TYPE tag_id AS ENUM ('a');
CREATE TABLE tags (id int PRIMARY KEY, kind tag_id);
