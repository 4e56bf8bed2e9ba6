-- Stubs for columns of the type geography where PostGIS is not installed.
CREATE TYPE geography;
CREATE FUNCTION geography_in(cstring) RETURNS geography LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION geography_out(geography) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION geography_modifier(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'array_ndims';
CREATE TYPE geography (INPUT = geography_in, OUTPUT = geography_out, TYPMOD_IN = geography_modifier, LIKE = text);
