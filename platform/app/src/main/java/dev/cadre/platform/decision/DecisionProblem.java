package dev.cadre.platform.decision;

/**
 * Something that keeps a table from being used.
 *
 * @param code kebab-case, as problems of workflow files have them
 * @param message what is wrong, with rule and column where it is about a cell
 */
public record DecisionProblem(String code, String message) {}
