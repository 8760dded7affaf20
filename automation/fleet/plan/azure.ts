import type { ComponentSpec } from "../specs/component-spec";
import type { PlanInput, PlannedRegion } from "./plan-input";

export const azureRegion = (_input: PlanInput, _region: PlannedRegion): readonly ComponentSpec[] => [];
export const azureGlobal = (_input: PlanInput): readonly ComponentSpec[] => [];
