/** A property that fails has done its work: nobody reads the smallest case of a mutation. */
import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
