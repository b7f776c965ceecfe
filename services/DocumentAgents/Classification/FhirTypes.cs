using DocumentAgents.Facts;

namespace DocumentAgents.Classification;

/// <summary>What the resources of FHIR are to us.</summary>
internal static class FhirTypes
{
    public static string TypeOf(string resource) => resource switch
    {
        "Claim" or "ClaimResponse" or "ExplanationOfBenefit" or "CoverageEligibilityRequest" or "CoverageEligibilityResponse" =>
            DocumentType.InsuranceClaim,
        "Questionnaire" or "QuestionnaireResponse" => DocumentType.Form,
        "Invoice" => DocumentType.Invoice,
        "Contract" => DocumentType.Contract,
        "Organization" or "Practitioner" or "PractitionerRole" or "Location" or "HealthcareService" or "Endpoint" or "ValueSet"
            or "CodeSystem"
            or "StructureDefinition" or "CapabilityStatement" or "SearchParameter" or "OperationDefinition" or "ImplementationGuide"
                or "Subscription"
            or "AuditEvent" or "Binary" or "Basic" or "Parameters" => DocumentType.Other,
        _ => DocumentType.ClinicalRecord,
    };
}
