package dev.cadre.platform.organization;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.ProjectId;
import java.util.Map;

/** A kind of thing that can belong to a project. Each room that has such things says how many there are. */
public interface ProjectContents {

    /** What one of them is called: {@code workflow}. */
    String kind();

    /** How many each project has; none are left out. */
    Map<ProjectId, Integer> counts(OrganizationId organization);
}
